/* By what reports know an object again. */
#ifndef REPORT_TOLD_KEY_H
#define REPORT_TOLD_KEY_H

#include <stdint.h>

/* Of its GUID, else its DN, else what stands for it; each may be NULL. */
uint64_t told_key(const char *guid, const char *dn, const char *object);

#endif
