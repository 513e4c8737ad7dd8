/* What an object is, by its classes. */
#ifndef ANALYZE_OBJECT_CLASS_H
#define ANALYZE_OBJECT_CLASS_H

struct object;

/*
 * Takes a value of objectClass; some programs join the values into one text,
 * which may be all of them.
 */
void class_take(struct object *o, const char *text);

#endif
