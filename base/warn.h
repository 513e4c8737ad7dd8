/* Sentences for people that are no failures: to stderr, made terminal-safe. */
#ifndef BASE_WARN_H
#define BASE_WARN_H

void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Says what is so, and about which nothing need be done. */
void remark(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
