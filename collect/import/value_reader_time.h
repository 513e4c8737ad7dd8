/* Times of AD and of the tenant: readers of values. See value_read.c. */
#ifndef COLLECT_IMPORT_VALUE_READER_TIME_H
#define COLLECT_IMPORT_VALUE_READER_TIME_H

#include "collect/import/value_reader.h"

enum value_verdict read_filetime(const struct value *v,
                                 struct value_reading *out);
enum value_verdict read_general_time(const struct value *v,
                                     struct value_reading *out);
enum value_verdict read_iso_time(const struct value *v,
                                 struct value_reading *out);

#endif
