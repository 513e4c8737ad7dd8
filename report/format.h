/*
 * The formats of a report: each prints a view into a file, and only that. What
 * lists findings or objects takes them in one pass over both (report/pass.h).
 */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H

#include <stdbool.h>

struct buf;
struct err;
struct former_plan;
struct known_objects;
struct outfile;
struct pass_taker;
struct report_page;
struct view;

/* Which objects are listed: those about which there is something to know. */
enum format_rows { ROWS_TOLD, ROWS_ALL };

struct format_options {
	char csv_delimiter;
	bool csv_mark;           /* begin with a byte-order mark */
	enum format_rows rows;
	const char *folder;      /* where the files are to be */
	const struct known_objects *known;   /* of all findings */
	struct report_page *page;    /* has taken all findings; or NULL */
	struct former_plan *plan;    /* what it says is kept; or NULL */
	struct buf *notes;       /* what to tell of the files, a line each */
};

/* Whether a format is written when --format says nothing. */
enum format_when { FORMAT_USUAL, FORMAT_ASKED };

/* The file that people write into. */
#define FORMAT_PLAN "action-plan.csv"

/*
 * The formats: the word of --format, the file, the function, and when it is
 * written; those in PASS take what passes by. Rows of one word go together. A
 * new format is a row here and the file that has its function; texts that list
 * formats follow.
 */
#define REPORT_FORMATS(ROW, PASS) \
	PASS("html", "report.html", format_html, FORMAT_USUAL) \
	ROW("csv", "causes.csv", format_causes, FORMAT_USUAL) \
	PASS("csv", "findings.csv", format_csv, FORMAT_USUAL) \
	PASS("csv", "forecast.csv", format_forecast, FORMAT_USUAL) \
	ROW("csv", "history.csv", format_history, FORMAT_USUAL) \
	PASS("csv", "changes.csv", format_changes, FORMAT_USUAL) \
	PASS("csv", "objects.csv", format_objects, FORMAT_USUAL) \
	PASS("csv", FORMAT_PLAN, format_plan, FORMAT_USUAL) \
	PASS("xlsx", "report.xlsx", format_xlsx, FORMAT_ASKED) \
	ROW("idfix", "idfix.csv", format_idfix, FORMAT_ASKED) \
	ROW("json", "report.json", format_json, FORMAT_ASKED) \
	ROW("sarif", "findings.sarif", format_sarif, FORMAT_ASKED) \
	ROW("junit", "junit.xml", format_junit, FORMAT_ASKED) \
	ROW("markdown", "report.md", format_markdown, FORMAT_ASKED)

/*
 * The formats that are a folder: the word, the folder, and the member of
 * struct repair_settings that asks for it.
 */
#define REPORT_FOLDERS(ROW) \
	ROW("ldif", "repair", ldif) \
	ROW("ps1", "repair", script)

/* 0, or -1 with ERR filled when the findings cannot be read. */
#define FORMAT_FUNCTION(word, file, print, when) \
	int print(const struct view *v, const struct format_options *o, \
	          struct outfile *out, struct err *err);
/* Who prints into OUT what passes by; NULL with ERR filled. */
#define FORMAT_TAKER(word, file, taker, when) \
	struct pass_taker *taker(const struct view *v, \
	                         const struct format_options *o, \
	                         struct outfile *out, struct err *err);
REPORT_FORMATS(FORMAT_FUNCTION, FORMAT_TAKER)
#undef FORMAT_FUNCTION
#undef FORMAT_TAKER

#endif
