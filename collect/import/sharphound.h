/*
 * The files of SharpHound, and of what writes the same for BloodHound:
 * {"data": [{"Properties": {...}, "ObjectIdentifier": "S-1-..."}], "meta":
 * {"type": "users"}}.
 */
#ifndef COLLECT_IMPORT_SHARPHOUND_H
#define COLLECT_IMPORT_SHARPHOUND_H

#include "collect/import/source.h"

extern const struct source sharphound_source;

#endif
