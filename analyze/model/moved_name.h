/*
 * Sign-in names that keep their first part in a domain that is verified: a part
 * of the header of the model.
 */
#ifndef ANALYZE_MODEL_MOVED_NAME_H
#define ANALYZE_MODEL_MOVED_NAME_H

struct arena;
struct model;
struct object;

/*
 * What the sign-in name of O has before the @, if it may be proposed with a
 * domain that is verified: it has another one now, and the part is not the
 * account name, which is proposed anyway. In A; or NULL.
 */
const char *moved_name(const struct model *m, const struct object *o,
                       struct arena *a);

#endif
