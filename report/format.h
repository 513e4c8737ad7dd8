/* The formats of a report: each prints a view into a file, and only that. */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H

#include <stdbool.h>

struct err;
struct outfile;
struct report_page;
struct view;

struct format_options {
	char csv_delimiter;
	bool csv_mark;           /* begin with a byte-order mark */
	struct report_page *page;    /* has taken all findings; or NULL */
};

/* Whether a format is written when --format says nothing. */
enum format_when { FORMAT_USUAL, FORMAT_ASKED };

/*
 * The formats: the word of --format, the file, the function, and when it is
 * written. Rows of one word go together. A new format is a row here and the
 * file that has its function; texts that list formats follow.
 */
#define REPORT_FORMATS(ROW) \
	ROW("html", "report.html", format_html, FORMAT_USUAL) \
	ROW("csv", "causes.csv", format_causes, FORMAT_USUAL) \
	ROW("csv", "findings.csv", format_csv, FORMAT_USUAL) \
	ROW("csv", "forecast.csv", format_forecast, FORMAT_USUAL) \
	ROW("csv", "history.csv", format_history, FORMAT_USUAL) \
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
REPORT_FORMATS(FORMAT_FUNCTION)
#undef FORMAT_FUNCTION

#endif
