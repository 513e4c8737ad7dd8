/*
 * The judge of values, between the parsers and the snapshot: a sink that hands
 * on to another what parsers put into it. Of the attributes that
 * value_syntax.h lists it turns what programs write into the snapshot's form
 * (snapshot(5)). A value that cannot be read stays as it is, text among octets
 * as text, and costs that attribute of that object: lack() is called, and the
 * user is told.
 */
#ifndef COLLECT_IMPORT_VALUE_JUDGE_H
#define COLLECT_IMPORT_VALUE_JUDGE_H

#include "collect/import/source.h"

struct value_judge;

/* TO takes what passes; it is borrowed. */
struct value_judge *value_judge_new(struct sink *to);
void value_judge_free(struct value_judge *j);
/* What parsers are to fill; it is J's. */
struct sink *value_judge_sink(struct value_judge *j);

/* An input begins: as sentences call it, and as the snapshot may. */
void value_judge_begin(struct value_judge *j, const char *path,
                       const char *name);
/* It has ended: what was only counted is told. */
void value_judge_end(struct value_judge *j);

#endif
