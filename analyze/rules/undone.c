/* Two reasons, which fixes know by their place. */
#include "analyze/rules/undone.h"

const char undone_surely[] = "an email address policy of Exchange would undo "
                             "it";
const char undone_maybe[] =
	"an email address policy of Exchange may undo it: "
	"msExchPoliciesIncluded and msExchPoliciesExcluded were not collected";
