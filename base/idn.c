/* Domains in letters of ASCII, over libidn2. */
#include "base/idn.h"

#include <stdlib.h>
#include <idn2.h>

/*
 * As Unicode's UTS 46 maps them, of which the letters of IDNA2008 stay apart
 * that older programs joined ("faß.de" is not "fass.de").
 */
char *
idn_ascii(const char *domain)
{
	char *made = NULL;
	int rc = idn2_to_ascii_8z(domain, &made, IDN2_NFC_INPUT |
	                          IDN2_NONTRANSITIONAL |
	                          IDN2_USE_STD3_ASCII_RULES);

	return rc == IDN2_OK ? made : NULL;
}
