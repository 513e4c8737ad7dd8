/*
 * PowerShell prints the name of a type where it does not print what an object
 * holds; values behind it are lost. All formats ask here.
 */
#ifndef COLLECT_IMPORT_TYPE_NAME_H
#define COLLECT_IMPORT_TYPE_NAME_H

#include <stdbool.h>

/* What an attribute's values can be, as far as that tells lost ones. */
enum type_field {
	FIELD_TEXT,              /* a text of people: dots are nothing odd */
	FIELD_VALUES,            /* lists and octets: no such text is one */
};

/*
 * Whether the text is nothing but names of types of .NET, one or several
 * ("System.Object[]", "System.String System.String"), or an object as one
 * prints it, "@{Service=exchange}".
 */
bool type_name_is(const char *text, enum type_field field);

#endif
