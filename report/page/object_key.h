/* By what the page knows an object again. */
#ifndef REPORT_PAGE_OBJECT_KEY_H
#define REPORT_PAGE_OBJECT_KEY_H

#include <stdint.h>

/* Of its GUID, else its DN, else what stands for it; each may be NULL. */
uint64_t page_object_key(const char *guid, const char *dn, const char *object);

#endif
