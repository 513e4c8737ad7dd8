/* What an export lost on the way: letters that became "?". */
#ifndef COLLECT_IMPORT_CSV_LOST_H
#define COLLECT_IMPORT_CSV_LOST_H

enum lost_letters {
	LETTERS_THERE,
	LETTERS_MAYBE,           /* "Andr?", "Who, me?" */
	LETTERS_LOST,            /* "J?rg", or U+FFFD */
};

/* Whether letters became "?". */
enum lost_letters csv_lost_letters(const char *text);

#endif
