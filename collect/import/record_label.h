/* What people call an object of which a message speaks. */
#ifndef COLLECT_IMPORT_RECORD_LABEL_H
#define COLLECT_IMPORT_RECORD_LABEL_H

struct record;

/* Lives as long as R does not change; "an object" if it has no name. */
const char *record_label(const struct record *r);

#endif
