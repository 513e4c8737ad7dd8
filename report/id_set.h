/* A set of fingerprints, of what there are hundreds of thousands of. */
#ifndef REPORT_ID_SET_H
#define REPORT_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A zeroed one is empty. */
struct id_set {
	uint64_t *slots;         /* 0: free */
	size_t room, used;
};

/* Whether it was not in it before. */
bool id_set_add(struct id_set *s, uint64_t id);
bool id_set_has(const struct id_set *s, uint64_t id);
void id_set_release(struct id_set *s);

#endif
