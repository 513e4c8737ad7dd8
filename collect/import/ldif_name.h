/*
 * The names in an LDIF file: those of objects, and those of attributes, which
 * are looked up once: few stand on millions of lines.
 */
#ifndef COLLECT_IMPORT_LDIF_NAME_H
#define COLLECT_IMPORT_LDIF_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ad_attr;
struct err;

enum { LDIF_NAME_MAX = 47, LDIF_NAMES = 512 };

struct ldif_name {
	char text[LDIF_NAME_MAX + 1];    /* as the file spells it */
	size_t len;
	bool plain;              /* an attribute to be stored, and no options */
	const struct ad_attr *attr;      /* NULL: unknown */
	/* Its number in the record of that generation. */
	size_t number;
	uint64_t generation;
};

/* A zeroed struct is ready. One name pushes out another. */
struct ldif_names {
	struct ldif_name slots[LDIF_NAMES];
};

/* Whether LEN bytes can be the name of an attribute, with options. */
bool ldif_is_name(const char *text, size_t len);
/* Says what TEXT is, which is none and begins at LINE of FILE; gives -1. */
int ldif_no_name(const char *file, uint64_t line, const char *text, size_t len,
                 struct err *err);
/*
 * Takes off *DN what a server was asked to put before a name ("<GUID=...>;
 * <SID=...>;CN=...", MS-ADTS 3.1.1.3.4.1.5), and blanks behind it.
 */
void ldif_bare_dn(const char **dn, size_t *len);
/* The name that TEXT is, until the next call; NULL when it is too long. */
struct ldif_name *ldif_names_get(struct ldif_names *n, const char *text,
                                 size_t len);

#endif
