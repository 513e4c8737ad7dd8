/* What goes back through snapshots keeps; for timeline.c and its parts. */
#ifndef ANALYZE_LOAD_TIMELINE_BUILD_H
#define ANALYZE_LOAD_TIMELINE_BUILD_H

#include "analyze/load/look.h"
#include "analyze/load/registry.h"
#include "analyze/load/timeline_now.h"

/* An object that was met; of SECTION_COUNT one that is gone, by number. */
struct met_object {
	enum section section;
	uint32_t row;
};

/* In a line, which knows this of it. */
struct met_line {
	struct met_object of;
	uint16_t known;
};

/* What the next newer look does not say of it. */
struct noted_value {
	struct met_object of;
	struct past_value value;
	uint32_t print, container;
};

/* The versions of its stamps, where they are not those of that look. */
struct noted_stamps {
	struct met_object of;
	struct last_look look;
};

/* An object that no newer snapshot has. */
struct newly_gone {
	struct gone_object object;
	struct last_look look;
	uint64_t id;
};

struct timeline_lane {
	struct met_line *met;
	size_t met_count, met_room;
	struct noted_value *values;
	size_t value_count, value_room;
	struct noted_stamps *stamps;
	size_t stamp_count, stamp_room;
	struct newly_gone *gone;
	size_t gone_count, gone_room;
	uint32_t *places;            /* containers that it met, as they come */
	size_t place_count, place_room;
	uint32_t last_place;
	struct arena texts;
};

/* How often an object was met in the snapshot that is read, and what told. */
enum { MET_NOT, MET_ONCE, MET_TWICE };
struct met_mark {
	uint16_t known;
	uint8_t times;
};

/* The containers in which a snapshot has objects, sorted. */
struct look_places {
	uint32_t *items;
	size_t count, room;
	bool whole;                  /* it has all there are */
};

struct timeline_builder {
	struct registry *g;
	struct timelines *t;
	enum side side;
	size_t snapshots;            /* of history */
	uint16_t snapshot;           /* that is read */
	const struct snapshot *from;
	/* Of the section that is read, by the numbers of domains. */
	enum section section;
	unsigned *absences;
	bool *alike;                 /* asked for what the present is */
	size_t domains;
	/* By snapshots, domains and sections: whoever is not in it was not. */
	bool *tells;
	struct look_places *places;  /* by snapshots */
	struct last_look *looks[SECTION_COUNT];
	struct met_mark *met[SECTION_COUNT];
	struct last_look *gone;      /* of those that are gone */
	struct met_mark *gone_met;
	size_t gone_room;
	struct hash_index ids;       /* of them */
	struct timeline_lane *lanes, all;
};

/* ---- what they had (timeline_values.c) ---- */

struct last_look *timeline_look(const struct timeline_builder *b,
                                struct met_object of);
/* Adds a value to what the object had. */
void timeline_keep(struct timeline_builder *b, struct met_object of,
                   const struct past_value *v);

/* ---- who was not there (timeline_absent.c) ---- */

/* What the snapshot that begins tells of those that it has not. */
void timeline_begin_absences(struct timeline_builder *b);
void timeline_take_places(struct timeline_builder *b);
/* All of it was read: who was not met was not there, if that is known. */
void timeline_sweep(struct timeline_builder *b);
/*
 * The oldest snapshot that is newer than the last one that has it, and is known
 * not to have it; HISTORY_NOW: only the present can tell.
 */
uint16_t timeline_first_without(const struct timeline_builder *b,
                                const struct gone_object *o,
                                uint32_t container);

/* ---- objects that are gone (timeline_gone.c) ---- */

/* The number of the one that is O, or -1. */
long timeline_find_gone(const struct timeline_builder *b,
                        const struct object *o);
void timeline_note_gone(struct timeline_builder *b, struct timeline_lane *l,
                        const struct object *o, const struct last_look *look);
void timeline_take_gone(struct timeline_builder *b);
/* Makes them known by their names. */
void timeline_name_gone(struct timeline_builder *b);

#endif
