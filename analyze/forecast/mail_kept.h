/*
 * Accounts whose mail attributes Exchange Online owns (IsExchangeCloudManaged):
 * they stay what the tenant holds, whatever AD says, and AD claims none of them
 * for anybody. Names and sign-in stay with AD.
 */
#ifndef ANALYZE_FORECAST_MAIL_KEPT_H
#define ANALYZE_FORECAST_MAIL_KEPT_H

#include "analyze/model/model.h"

/* Puts into the forecast of O what is known without reading its account. */
void mail_kept_fill(const struct model *m, struct object *o, struct arena *a);
/*
 * Whether what the forecast changes are mail attributes, and whose they are was
 * not collected.
 */
bool mail_may_be_kept(const struct model *m, const struct object *o);

#endif
