/* By what module of PowerShell an object of CLIXML was made. */
#ifndef COLLECT_IMPORT_CLIXML_MAKER_H
#define COLLECT_IMPORT_CLIXML_MAKER_H

#include "collect/schema/schema.h"

struct clixml_value;

/* Whose words the properties are. */
enum maker {
	MAKER_NONE,              /* objects that are left out */
	MAKER_AD,
	MAKER_GRAPH,             /* writes what was not asked for as empty */
	MAKER_OLDER,             /* AzureAD, MSOnline: ask for everything */
	MAKER_EXCHANGE,
};

/*
 * By its type, or by what it has; *S is its section, SECTION_COUNT: that is
 * told by more than the type.
 */
enum maker clixml_maker_of(const struct clixml_value *v, enum section *s);

#endif
