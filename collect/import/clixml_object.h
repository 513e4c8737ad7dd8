/* From an object of CLIXML to a record, by the words of who exported it. */
#ifndef COLLECT_IMPORT_CLIXML_OBJECT_H
#define COLLECT_IMPORT_CLIXML_OBJECT_H

#include <stdbool.h>

#include "collect/schema/schema.h"

struct clixml_value;
struct record;

/* Attributes of which a value is not in the file, for each object anew. */
struct clixml_flaws {
	struct name_set lost;
};

/* Whether it is what Select-Object left of an object of AD, without a DN. */
bool clixml_is_selected(const struct clixml_value *v);

/* Each fills R with the properties of V. */

/* Get-ADUser and its kin. */
void clixml_take_ad(struct record *r, const struct clixml_value *v,
                    struct clixml_flaws *flaws);
/* Get-MgUser, Get-AzureADUser, Get-MsolUser and their kin, by section. */
void clixml_take_tenant(struct record *r, enum section s,
                        const struct clixml_value *v,
                        struct clixml_flaws *flaws);
/* Get-Mailbox, Get-EXOMailbox, Get-Recipient and their kin. */
void clixml_take_exchange(struct record *r, const struct clixml_value *v,
                          struct clixml_flaws *flaws);

#endif
