/*
 * The tools that write the files: what an empty field of theirs means. They are
 * told by a file's kind and its head, as far as these show it.
 */
#ifndef COLLECT_IMPORT_TOOL_H
#define COLLECT_IMPORT_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/schema/schema.h"

enum tool {
	TOOL_OTHER,              /* writes what it always writes */
	TOOL_LDIFDE,
	TOOL_LDAPSEARCH,
	TOOL_CSVDE,
	TOOL_AD_POWERSHELL,      /* Get-ADUser and its kin */
	TOOL_GRAPH,              /* JSON of Graph, whoever saved it */
	TOOL_GRAPH_POWERSHELL,   /* Get-MgUser and its kin */
	TOOL_PORTAL,             /* a portal's or a module's: all of it */
	TOOL_EXCHANGE,           /* Get-EXOMailbox and its kin */
};

/* The tool of a file of that kind (source.h) that begins with HEAD. */
enum tool tool_of_file(const char *kind, const char *head, size_t len);
/* What that means for the section's objects in it. */
enum tool tool_of_section(enum tool of_file, enum section s);
/*
 * Whether a field that is empty throughout may not have been asked for:
 * PowerShell and Graph's libraries show every property that they know, and
 * Select-Object makes a column of any name.
 */
bool tool_shows_unasked(enum tool t);

#endif
