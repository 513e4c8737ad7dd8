/* How values of each syntax are taken away, and given to a master. */
#ifndef ANALYZE_OBJECT_SYNTAX_EDIT_H
#define ANALYZE_OBJECT_SYNTAX_EDIT_H

#include <stddef.h>

struct object;

/* As if the attribute, whose member is at OFFSET, had no value. */
void clear_text(struct object *o, size_t offset);
void clear_proxies(struct object *o, size_t offset);
void clear_number(struct object *o, size_t offset);
void clear_control(struct object *o, size_t offset);
void clear_flag(struct object *o, size_t offset);
void clear_presence(struct object *o, size_t offset);
void clear_remote_type(struct object *o, size_t offset);
void clear_amount(struct object *o, size_t offset);
void clear_time(struct object *o, size_t offset);
void clear_password_set(struct object *o, size_t offset);
void clear_guid(struct object *o, size_t offset);
void clear_sid(struct object *o, size_t offset);
void clear_display(struct object *o, size_t offset);

/* Gives TO what FROM has, if TO has none. */
void merge_text(struct object *to, const struct object *from,
                size_t offset);
void merge_remote_type(struct object *to, const struct object *from,
                       size_t offset);
void merge_flag(struct object *to, const struct object *from,
                size_t offset);
void merge_exchange_guid(struct object *to, const struct object *from,
                         size_t offset);
void merge_proxies(struct object *to, const struct object *from,
                   size_t offset);
void merge_recipient_type(struct object *to, const struct object *from,
                          size_t offset);
void merge_display_type(struct object *to, const struct object *from,
                        size_t offset);

#endif
