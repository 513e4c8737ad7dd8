/* By the tables of Unicode, and those that are drawn as nothing. */
#include "base/invisible.h"

#include <unictype.h>

/* Letters and marks by their category, which are drawn as nothing. */
static bool
is_drawn_empty(uint32_t c)
{
	return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x17B4 ||
	       c == 0x17B5 || c == 0x2800 || c == 0x3164 || c == 0xFFA0 ||
	       (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool
invisible_is(uint32_t c)
{
	if (c < 0x80)
		return c < 0x20 || c == 0x7F;
	return is_drawn_empty(c) || uc_is_general_category_withtable(c,
		UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf |
		UC_CATEGORY_MASK_Zs | UC_CATEGORY_MASK_Zl |
		UC_CATEGORY_MASK_Zp | UC_CATEGORY_MASK_Co |
		UC_CATEGORY_MASK_Cs | UC_CATEGORY_MASK_Cn);
}
