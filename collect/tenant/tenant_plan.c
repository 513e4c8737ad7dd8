/* What a collection of a tenant would ask for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/schema/schema.h"
#include "collect/tenant/tenant_collect.h"
#include "collect/tenant/tenant_order.h"

/* Whether an earlier row names the same permission. */
static bool
was_named(size_t n)
{
	const char *permission = graph_query_at(n)->permission;

	for (size_t i = 0; i < n; i++)
		if (strcmp(graph_query_at(i)->permission, permission) == 0)
			return true;
	return false;
}

/* A permission, and all that it is for. */
static void
print_permission(const char *permission)
{
	const char *comma = "";

	printf("  %-40s ", permission);
	for (size_t i = 0; i < graph_query_count(); i++) {
		const struct graph_query *q = graph_query_at(i);

		if (strcmp(q->permission, permission) != 0)
			continue;
		printf("%s%s", comma, section_title(q->section));
		comma = ", ";
	}
	printf("\n");
}

void
tenant_plan(const struct tenant_order *order)
{
	const struct name_set none = { 0 };

	printf("Permissions (application, or delegated with --device-code):\n");
	for (size_t i = 0; i < graph_query_count(); i++)
		if (!was_named(i))
			print_permission(graph_query_at(i)->permission);
	printf("\nRequests:\n");
	for (size_t i = 0; i < graph_query_count(); i++) {
		const struct graph_query *q = graph_query_at(i);
		char *url = graph_query_url(q, order->login.graph_url,
		                            q->section == TENANT_SYNC
		                            ? order->sync_version : GRAPH_V1,
		                            "{id}", order->page, &none);

		printf("  %s%s\n    GET %s\n", section_name(q->section),
		       graph_owner_words(q->owner), url);
		free(url);
	}
}
