/* What flaw.c says of characters, for who names them (flaw_named.c). */
#ifndef ANALYZE_OBJECT_FLAW_TEXTS_H
#define ANALYZE_OBJECT_FLAW_TEXTS_H

extern const char flaw_sign[], flaw_domain_sign[], flaw_domain_outside[];
extern const char flaw_outside[];
extern const char flaw_name_sign[], flaw_name_outside[];
extern const char flaw_name_domain_sign[], flaw_name_domain_outside[];
extern const char flaw_alias_sign[];

#endif
