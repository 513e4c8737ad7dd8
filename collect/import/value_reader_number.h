/* Whole numbers and their names: readers of values. See value_read.c. */
#ifndef COLLECT_IMPORT_VALUE_READER_NUMBER_H
#define COLLECT_IMPORT_VALUE_READER_NUMBER_H

#include "collect/import/value_reader.h"

enum value_verdict read_number(const struct value *v,
                               struct value_reading *out);
enum value_verdict read_recipient_type(const struct value *v,
                                       struct value_reading *out);
enum value_verdict read_remote_type(const struct value *v,
                                    struct value_reading *out);
enum value_verdict read_control(const struct value *v,
                                struct value_reading *out);
enum value_verdict read_group_type(const struct value *v,
                                   struct value_reading *out);
enum value_verdict read_account_type(const struct value *v,
                                     struct value_reading *out);
enum value_verdict read_display_type(const struct value *v,
                                     struct value_reading *out);

#endif
