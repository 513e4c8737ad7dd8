/*
 * Replication metadata of AD attributes (MS-ADTS 3.1.1.4.5.18,
 * msDS-ReplAttributeMetaData as XML; MS-DRSR 4.1.10.2.22 and the layout of
 * PROPERTY_META_DATA_VECTOR for replPropertyMetaData).
 */
#ifndef ANALYZE_OBJECT_REPL_META_H
#define ANALYZE_OBJECT_REPL_META_H

#include <stddef.h>

struct object;

/* Takes one XML value; what is not understood is left out. */
void repl_meta_xml(struct object *o, const char *xml);
/* Takes the binary vector. */
void repl_meta_binary(struct object *o, const unsigned char *data,
                      size_t len);

#endif
