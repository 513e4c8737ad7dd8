/* What AD has of an object's mail attributes: a part of a forecast. */
#ifndef ANALYZE_FINDINGS_AD_TOLD_H
#define ANALYZE_FINDINGS_AD_TOLD_H

#include <stdbool.h>
#include <stddef.h>

/* One with a value: a text, or a word of JSON such as true or 4. */
struct ad_value {
	const char *name, *text;
	bool is_word;
};

/* As far as it was collected: see adNotCollected. */
struct ad_told {
	bool is;                   /* else the line does not tell */
	const char *mail, *mail_nickname;
	const char *const *proxy_addresses;
	size_t proxy_count;
	const struct ad_value *others;       /* those that have a value */
	size_t other_count;
};

#endif
