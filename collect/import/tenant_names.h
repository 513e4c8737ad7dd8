/*
 * What modules of PowerShell call the properties of Graph: "DisplayName" is
 * displayName, and the older modules, AzureAD and MSOnline, have words of
 * their own.
 */
#ifndef COLLECT_IMPORT_TENANT_NAMES_H
#define COLLECT_IMPORT_TENANT_NAMES_H

enum { TENANT_NAME_MAX = 256 };  /* with its NUL */

/* How the value under the name is to be taken. */
enum tenant_word { TENANT_WORD_PLAIN, TENANT_WORD_INVERTED };

/* Graph's name for what a module calls NAME; "": it is too long to be one. */
enum tenant_word tenant_name(const char *name, char out[TENANT_NAME_MAX]);

#endif
