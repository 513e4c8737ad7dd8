/*
 * What stands at the top of a CSV file: lines of the program that wrote it, and
 * the header. A kind of file is known by the columns there.
 */
#ifndef COLLECT_IMPORT_CSV_HEAD_H
#define COLLECT_IMPORT_CSV_HEAD_H

#include <stdbool.h>
#include <stddef.h>

struct csv_head {
	char **names;            /* of the columns, as csv_name gives them */
	size_t count, room;
	char *type;              /* of PowerShell's #TYPE line, or NULL */
	char delimiter;
	size_t start, end;       /* of the header line */
};

/*
 * Reads the top of a file that is cut anywhere after it. False when the end of
 * the header line is not among LEN bytes; what is there was read. The caller
 * releases H.
 */
bool csv_head_read(struct csv_head *h, const char *text, size_t len);
void csv_head_release(struct csv_head *h);

/* Whether the header has the column (blanks and case aside). */
bool csv_head_has(const struct csv_head *h, const char *column);
/* Whether it has any, or each, of COLUMNS, which end in a NULL. */
bool csv_head_has_any(const struct csv_head *h, const char *const *columns);
bool csv_head_has_all(const struct csv_head *h, const char *const *columns);

/*
 * The name of a column as tables have it: without blanks; of "User name
 * [userPrincipalName] Required", as portals' templates have it, what is in
 * brackets. The caller frees it.
 */
char *csv_name(const char *text, size_t len);
/* False when the name would surely be of more than MAX bytes. */
bool csv_name_fits(const char *text, size_t len, size_t max);

/*
 * Whether a line or the first field of a row is one that programs put before
 * the header: "#TYPE ...", "sep=;", "version:v1.0".
 */
bool csv_is_prologue(const char *text, size_t len);

#endif
