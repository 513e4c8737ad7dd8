/* The command collect ad. */
#ifndef COLLECT_AD_AD_H
#define COLLECT_AD_AD_H

#include "base/err.h"

enum exit_code collect_ad(int argc, const char **argv, struct err *err);

#endif
