/*
 * Which causes block objects together. Objects of the same causes are counted
 * as one set, so that what is kept grows with the ways to be blocked, and not
 * with the objects.
 */
#ifndef ANALYZE_FINDINGS_BLOCKED_SETS_H
#define ANALYZE_FINDINGS_BLOCKED_SETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/cause_parts.h"

/* An object more; CAUSES, of which there are N, is sorted for that. */
void blocked_sets_add(struct blocked_sets *s, uint32_t *causes, size_t n,
                      bool stays);
void blocked_sets_release(struct blocked_sets *s);

#endif
