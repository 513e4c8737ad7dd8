/* --select KEY=WORDS: which findings a report is of. */
#ifndef REPORT_SELECT_H
#define REPORT_SELECT_H

struct err;
struct finding_selection;
struct opt_texts;

/* What follows the help "--select". */
#define SELECT_KEYS "rule, severity, ou, class, object, attribute, value, " \
	"cause, authority or readiness"

/* Borrows from TEXTS. 0, or -1 with ERR filled. */
int select_take(struct finding_selection *s, const struct opt_texts *texts,
                struct err *err);

#endif
