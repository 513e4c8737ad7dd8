/*
 * Distinguished names (RFC 4514), as AD writes them. AD compares them without
 * case and without blanks around separators.
 */
#ifndef BASE_DN_H
#define BASE_DN_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/*
 * Appends the form of DN in which equal names are equal bytes: folded case, no
 * blanks around separators, one way of escaping. 0, or -1 when TEXT is no DN
 * (the empty text is none).
 */
int dn_normalise(struct buf *out, const char *text);

/* What follows the first separator of DN: its parent; "" at the top. */
const char *dn_parent(const char *dn);

/* The length of the first RDN: up to its separator or the end. */
size_t dn_first_len(const char *dn);

/* Appends the DNS name that the DC components give: "corp.example". */
void dn_domain(struct buf *out, const char *dn);

/* Whether two texts are the same DN, however they are written; NULL is none. */
bool dn_same(const char *a, const char *b);

#endif
