/*
 * The JSON of ldapdomaindump, which ldap3 writes: [{"attributes": {"cn":
 * ["..."]}, "dn": "..."}].
 */
#ifndef COLLECT_IMPORT_DOMAINDUMP_H
#define COLLECT_IMPORT_DOMAINDUMP_H

#include "collect/import/source.h"

extern const struct source domaindump_source;

#endif
