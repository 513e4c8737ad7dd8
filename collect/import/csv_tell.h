/* What a CSV file has and lacks, told. */
#ifndef COLLECT_IMPORT_CSV_TELL_H
#define COLLECT_IMPORT_CSV_TELL_H

#include "collect/import/csv_table.h"

/* At its end. */
void csv_tell(struct csv_table *t);
/* What the row at hand lacks in its section. */
void csv_tell_row(struct csv_table *t, enum section s);

#endif
