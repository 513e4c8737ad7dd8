/*
 * LDIF (RFC 2849) as ldifde and ldapsearch write it.
 */
#ifndef COLLECT_IMPORT_LDIF_H
#define COLLECT_IMPORT_LDIF_H

#include "collect/import/source.h"

enum {
	LDIF_RECORD_MAX = 48 << 20,      /* bytes of a record */
	LDIF_VALUES_MAX = 1000000,       /* values of a record */
	LDIF_ATTRIBUTES_MAX = 5000,      /* attributes of a record */
};

extern const struct source ldif_source;

#endif
