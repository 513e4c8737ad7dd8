/* The words of exchange.json. */
#include "analyze/findings/exchange_words.h"

#include <stddef.h>
#include <string.h>

#include "base/buf.h"

static const char *const states[EXCHANGE_STATES] = {
	[EXCHANGE_UNKNOWN] = "unknown", [EXCHANGE_NONE] = "none",
	[EXCHANGE_SCHEMA_ONLY] = "schema-only",
	[EXCHANGE_PREPARED] = "prepared",
	[EXCHANGE_TOOLS_ONLY] = "tools-only", [EXCHANGE_SERVERS] = "servers",
};

static const char *const verdicts[VERDICT_COUNT] = {
	[VERDICT_NOT_ASSESSED] = "not-assessed",
	[VERDICT_NEVER_NEEDED] = "never-needed",
	[VERDICT_NO_SERVER] = "no-server",
	[VERDICT_BY_CLOUD_MANAGED] = "can-go-by-cloud-managed",
	[VERDICT_BY_MANAGEMENT_TOOLS] = "can-go-by-management-tools",
	[VERDICT_WITHOUT_SYNC] = "can-go-without-sync",
	[VERDICT_MUST_KEEP] = "must-keep",
};

static const char *const paths[EXCHANGE_PATHS] = {
	[PATH_NO_SYNC] = "no-sync",
	[PATH_MANAGEMENT_TOOLS] = "management-tools",
	[PATH_CLOUD_MANAGED] = "cloud-managed",
};

static const char *const path_states[PATH_STATES] = {
	[PATH_NOT_ASSESSED] = "not-assessed",
	[PATH_NOT_APPLICABLE] = "not-applicable",
	[PATH_NOT_READY] = "not-ready", [PATH_READY] = "ready",
};

static const char *const results[CONDITION_RESULTS] = {
	[CONDITION_NOT_ASSESSED] = "not-assessed",
	[CONDITION_NOT_APPLICABLE] = "not-applicable",
	[CONDITION_MET] = "met", [CONDITION_NOT_MET] = "not-met",
};

static const char *const kinds[CONDITION_KINDS] = {
	[CONDITION_BLOCKS] = "blocks", [CONDITION_TASK] = "task",
};

static const char *const owners[STEP_OWNERS] = {
	[STEP_OF_AD] = "ad", [STEP_OF_EXCHANGE] = "exchange",
	[STEP_OF_TENANT] = "tenant", [STEP_OF_DNS] = "dns",
	[STEP_OF_PEOPLE] = "people",
};

static const char *const supports[EXCHANGE_SUPPORTS] = {
	[EXCHANGE_SUPPORT_UNKNOWN] = "unknown",
	[EXCHANGE_SUPPORT_FULL] = "supported",
	[EXCHANGE_SUPPORT_PAID] = "esu",
	[EXCHANGE_SUPPORT_ENDED] = "ended",
};

#define LIST(words) { words, sizeof(words) / sizeof((words)[0]) }

static const struct {
	const char *const *words;
	size_t count;
} lists[] = {
	[WORDS_OF_STATE] = LIST(states), [WORDS_OF_VERDICT] = LIST(verdicts),
	[WORDS_OF_PATH] = LIST(paths),
	[WORDS_OF_PATH_STATE] = LIST(path_states),
	[WORDS_OF_RESULT] = LIST(results), [WORDS_OF_KIND] = LIST(kinds),
	[WORDS_OF_OWNER] = LIST(owners), [WORDS_OF_SUPPORT] = LIST(supports),
};

int
exchange_word(enum exchange_words of, const char *word)
{
	for (size_t i = 0; word && i < lists[of].count; i++)
		if (strcmp(lists[of].words[i], word) == 0)
			return (int)i;
	return -1;
}

void
exchange_words_put(struct buf *out, enum exchange_words of)
{
	for (size_t i = 0; i < lists[of].count; i++)
		buf_add_listed(out, lists[of].words[i], i, lists[of].count);
}

const char *
exchange_state_name(enum exchange_state s)
{
	return states[s];
}

const char *
exchange_verdict_name(enum exchange_verdict v)
{
	return verdicts[v];
}

const char *
exchange_path_name(enum exchange_path p)
{
	return paths[p];
}

const char *
path_state_name(enum path_state s)
{
	return path_states[s];
}

const char *
condition_result_name(enum condition_result r)
{
	return results[r];
}

const char *
condition_kind_name(enum condition_kind k)
{
	return kinds[k];
}

const char *
step_owner_name(enum step_owner o)
{
	return owners[o];
}

const char *
exchange_support_name(enum exchange_support s)
{
	return supports[s];
}

const char *
exchange_last_step(enum exchange_path p)
{
	return p == PATH_MANAGEMENT_TOOLS ? "shut-down" : "uninstall";
}
