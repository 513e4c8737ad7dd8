/* IdFix's types of error, and its grammar of addresses. */
#ifndef ANALYZE_RULES_IDFIX_ADDRESS_H
#define ANALYZE_RULES_IDFIX_ADDRESS_H

#include <stdbool.h>

struct buf;
struct data;

/* Its types of error, in the order in which it names those of one test. */
enum idfix_error {
	IDFIX_FORMAT, IDFIX_BLANK, IDFIX_DUPLICATE, IDFIX_CHARACTER,
	IDFIX_TOP_LEVEL, IDFIX_DOMAIN_PART, IDFIX_LOCAL_PART, IDFIX_LENGTH,
	IDFIX_ERRORS
};

#define IDFIX_BIT(e) (1u << (e))

/* Whether TEXT has "smtp:" anywhere: such a value is judged as an address. */
bool idfix_is_smtp(const char *text);

/*
 * The grammar of addresses; NOW is mended as IdFix would. Errors as bits.
 * Without D all top-level domains are good.
 */
unsigned idfix_address(struct buf *now, const struct data *d);

#endif
