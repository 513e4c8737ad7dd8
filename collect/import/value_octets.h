/* Octets that programs wrote as text. */
#ifndef COLLECT_IMPORT_VALUE_OCTETS_H
#define COLLECT_IMPORT_VALUE_OCTETS_H

#include <stddef.h>

struct buf;

enum octets_form {
	OCTETS_NOT,              /* the text is none of the forms */
	OCTETS_READ,             /* it was one: OUT has them */
	OCTETS_CUT,              /* a list that the program cut short */
	OCTETS_TWOFOLD,          /* decimal or hexadecimal: it fits both */
};

/*
 * By its own marks: csvde's X'117c', LDAP's \11\7c (RFC 4515), 0x117c, a list
 * of decimals or of pairs of hexadecimal digits ("17 124", "{17, 124}",
 * "11-7C", "0x11 0x7c"), or WANT octets in hexadecimal digits alone.
 */
enum octets_form octets_parse(struct buf *out, const char *text, size_t len,
                              size_t want);

#endif
