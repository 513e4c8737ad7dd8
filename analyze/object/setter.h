/*
 * Setting an attribute of an object that was read: for edits (what-if(5)).
 * Values are read as those of a snapshot are, by model_map.
 */
#ifndef ANALYZE_OBJECT_SETTER_H
#define ANALYZE_OBJECT_SETTER_H

#include <stddef.h>

struct arena;
struct object;

/* What a JSON value may be. */
enum set_kind { SET_TEXT = 1, SET_TEXTS = 2, SET_NUMBER = 4, SET_BOOL = 8 };

/* An attribute that can be set. */
struct setting;

/*
 * By the attribute's AD name, whatever its case. NULL, with *WHY the end of a
 * sentence, when the analysis does not read it or it cannot be set.
 */
const struct setting *setting_find(const char *name, const char **why);
/* What it takes beside null: SET_... bits, and in words. */
unsigned setting_kinds(const struct setting *s);
const char *setting_want(const struct setting *s);

/*
 * Gives O's attribute COUNT values, texts that are copied to A; with none it
 * is removed. 0, or -1 when they are not what its syntax says.
 */
int setting_set(const struct setting *s, struct object *o,
                const char *const *values, size_t count, struct arena *a);

#endif
