/* A finding as a result of SARIF. */
#ifndef REPORT_EXPORT_SARIF_RESULT_H
#define REPORT_EXPORT_SARIF_RESULT_H

struct finding;
struct json_out;
struct view;

/* Puts ONE, which is of the view's findings, whose manifest has its rule. */
void sarif_result(struct json_out *j, const struct view *v,
                  const struct finding *one);

#endif
