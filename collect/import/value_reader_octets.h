/* Octets, GUIDs and SIDs: readers of values. See value_read.c. */
#ifndef COLLECT_IMPORT_VALUE_READER_OCTETS_H
#define COLLECT_IMPORT_VALUE_READER_OCTETS_H

#include "collect/import/value_reader.h"

enum value_verdict read_guid(const struct value *v,
                             struct value_reading *out);
enum value_verdict read_anchor(const struct value *v,
                               struct value_reading *out);
enum value_verdict read_sid(const struct value *v,
                            struct value_reading *out);
enum value_verdict read_metadata(const struct value *v,
                                 struct value_reading *out);
enum value_verdict read_octets(const struct value *v,
                               struct value_reading *out);
enum value_verdict read_guid_text(const struct value *v,
                                  struct value_reading *out);
enum value_verdict read_sid_text(const struct value *v,
                                 struct value_reading *out);

#endif
