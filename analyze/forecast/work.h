/*
 * The forecast of one object while it is computed: what forecast_object.c and
 * names.c share.
 */
#ifndef ANALYZE_FORECAST_WORK_H
#define ANALYZE_FORECAST_WORK_H

#include "analyze/findings/findings.h"
#include "analyze/forecast/doubt.h"
#include "analyze/forecast/proxycalc.h"
#include "analyze/model/model.h"

/* A value, and where it comes from; NULL: the attribute of that name. */
struct sourced {
	const char *value, *from;
};

/* The forecast of one object while it is computed. */
struct work {
	struct proxycalc_of with; /* model, object, arena */
	struct proxycalc proxycalc;
	const char *mail;        /* AD's, without blanks around it; or NULL */
	bool exo;                /* a recipient of Exchange Online */
	bool formerly;           /* it only was one: it has a MOERA */
	struct sourced sign_in;  /* the AD UPN or what stands for it */
	const char *sign_in_fault;   /* why it is not taken; NULL: it is */
	struct sourced nickname, upn, primary;
	struct sourced moera;    /* NULL: none, or no initial domain known */
	const char *upn_address; /* the UPN as an address; NULL: it has none */
	const char **proxies;
	struct origin *origins;
	size_t count, origin_count;
};

/* Notes that the forecast is not sure, and why. */
void work_doubt(struct work *w, enum doubt d);

/* Notes all that is not sure of values that are there (doubt_values.c). */
void work_doubt_all(struct work *w);

/* A text of the account, or NULL. */
const char *work_held(const struct work *w, enum account_name which);

/*
 * Fill the names, each by those before it ("Microsoft Entra UserPrincipalName
 * population").
 */
void work_sign_in(struct work *w);
void work_nickname(struct work *w);
void work_moera(struct work *w);
void work_upn(struct work *w);

#endif
