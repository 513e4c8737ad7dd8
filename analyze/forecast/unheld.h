/*
 * Values of AD that an account which is in sync lacks, though the documents
 * lead to them: nobody writes them before they change.
 */
#ifndef ANALYZE_FORECAST_UNHELD_H
#define ANALYZE_FORECAST_UNHELD_H

struct arena;
struct change_list;
struct model;
struct object;

/*
 * Of the changes that the account TWIN holds against O's forecast, those that
 * are values of AD which TWIN lacks are told as dropped, and so is a sign-in
 * name of AD that the tenant has seen and not taken, which is no change; what
 * was told so, but is there all the same, is not. Texts are theirs, or in A.
 */
void unheld_fill(const struct model *m, struct object *o,
                 const struct object *twin, const struct change_list *against,
                 struct arena *a);

#endif
