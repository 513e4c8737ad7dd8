/*
 * LDAP over libldap, which this room alone knows: a connection that is signed
 * in, searches over it, and what failures mean. How messages become records is
 * the room's own affair.
 */
#ifndef COLLECT_LDAP_LDAP_H
#define COLLECT_LDAP_LDAP_H

#include "collect/ldap/ldap_error.h"
#include "collect/ldap/ldap_link.h"
#include "collect/ldap/ldap_search.h"

#endif
