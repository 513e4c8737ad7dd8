/*
 * Reading values as programs write them, by what they are and without a
 * locale, into the form in which a snapshot holds them.
 */
#ifndef COLLECT_IMPORT_VALUE_READ_H
#define COLLECT_IMPORT_VALUE_READ_H

#include "collect/import/value_reader.h"
#include "collect/import/value_syntax.h"

enum value_verdict value_read(enum value_syntax syntax, const struct value *v,
                              struct value_reading *out);

#endif
