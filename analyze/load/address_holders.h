/*
 * Public folders and dynamic groups: sync takes neither, but the addresses
 * that they hold are not free for others, and have to be sound.
 */
#ifndef ANALYZE_LOAD_ADDRESS_HOLDERS_H
#define ANALYZE_LOAD_ADDRESS_HOLDERS_H

struct err;
struct registry;

/*
 * Takes those of AD's other objects, as far as they were collected: a row and
 * claims of each, so that whoever has one of their addresses is told, and
 * whether a rule has something to say of it itself. They get no forecast. 0, or
 * -1 with ERR filled.
 */
int address_holders_index(struct registry *g, struct err *err);

#endif
