/* What an export lost on the way: values for type names, letters for "?". */
#ifndef COLLECT_IMPORT_CSV_LOST_H
#define COLLECT_IMPORT_CSV_LOST_H

#include <stdbool.h>

/* What a column's values can be, as far as that tells lost ones. */
enum lost_kind {
	LOST_TEXT,               /* a text of people: dots are nothing odd */
	LOST_VALUES,             /* lists and octets: no such text is one */
};

/* Whether the text is the name of a .NET type instead of values. */
bool csv_lost_values(const char *text, enum lost_kind kind);

enum lost_letters {
	LETTERS_THERE,
	LETTERS_MAYBE,           /* "Andr?", "Who, me?" */
	LETTERS_LOST,            /* "J?rg", or U+FFFD */
};

/* Whether letters became "?". */
enum lost_letters csv_lost_letters(const char *text);

#endif
