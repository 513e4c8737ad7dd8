/* Builds of programs: four numbers, as 2.6.92.0. */
#ifndef BASE_BUILD_H
#define BASE_BUILD_H

struct build {
	unsigned parts[4];
};

/* 0, or -1 when TEXT is no build: four numbers to 65535 and dots. */
int build_parse(struct build *b, const char *text);
/* <0, 0, >0. */
int build_compare(const struct build *a, const struct build *b);

#endif
