/*
 * Values of AD whose kind a format tells, so that they are put as AD itself
 * would have given them, and not as text for others to judge.
 */
#ifndef COLLECT_IMPORT_AD_TYPED_H
#define COLLECT_IMPORT_AD_TYPED_H

#include <stdbool.h>

#include "base/when.h"

struct record;

/*
 * Each adds the value and returns 0, or leaves the record as it is and returns
 * -1 when the text is none of its kind.
 */
int ad_add_guid(struct record *r, const char *attribute, const char *text);
int ad_add_sid(struct record *r, const char *attribute, const char *text);
int ad_add_base64(struct record *r, const char *attribute, const char *text);

/* Whether the attribute holds times as FILETIME, not as generalized time. */
bool ad_is_filetime(const char *attribute);
/* A time, in the form of the attribute; WHEN_NONE is 0. */
void ad_add_time(struct record *r, const char *attribute, when_t when);

#endif
