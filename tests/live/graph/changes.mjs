// What was changed in the tenant since it was made, in order, so that delta
// queries can tell.
import * as people from './people.mjs';

const makers = { user: people.user, group: people.group,
	contact: people.contact };

export class Changes {
	#log = [];               // { kind, id, gone }
	#set = new Map();        // id -> properties
	#gone = new Map();       // id -> the kind, or 'purged'
	#members = new Map();    // group's id -> numbers added, ids removed
	#more = { user: [], group: [], contact: [] };    // made later

	constructor(tenant) {
		this.tenant = tenant;
	}

	get now() {
		return this.#log.length;
	}

	idOf(kind, n) {
		return people.idOf(this.tenant.seed, kind, n);
	}

	apply({ kind, n, set, remove, restore, purge, add, drop, create }) {
		const id = this.idOf(kind, n);
		if (create)
			this.#more[kind].push(n);
		if (set)
			this.#set.set(id, { ...this.#set.get(id), ...set });
		if (remove || purge)
			this.#gone.set(id, { kind, n, purged: !!purge });
		if (restore)
			this.#gone.delete(id);
		if (add || drop) {
			const m = this.#members.get(id) ??
				{ add: [], drop: new Set() };
			for (const one of add ?? [])
				m.add.push(one);
			for (const one of drop ?? [])
				m.drop.add(this.idOf('user', one));
			this.#members.set(id, m);
		}
		this.#log.push({ kind, n, id });
	}

	// The numbers of objects beyond those of the beginning.
	later(kind) {
		return this.#more[kind] ?? [];
	}

	isGone(id) {
		return this.#gone.has(id);
	}

	make(kind, n) {
		const o = makers[kind](this.tenant, n);
		return { ...o, ...this.#set.get(o.id) };
	}

	// Soft-deleted users, beside those that were so from the beginning.
	deleted() {
		return [...this.#gone.values()]
			.filter((g) => g.kind === 'user' && !g.purged)
			.map((g) => ({ ...this.make('user', g.n),
				deletedDateTime: '2026-11-01T00:00:00Z' }));
	}

	members(n) {
		const m = this.#members.get(this.idOf('group', n));
		return [...people.members(this.tenant, n), ...(m?.add ?? [])
			.map((u) => ({ '@odata.type': '#microsoft.graph.user',
				id: this.idOf('user', u) }))]
			.filter((o) => !m?.drop.has(o.id) && !this.isGone(o.id));
	}

	// Objects of a kind that changed since; each as often as it changed.
	since(kind, from) {
		return this.#log.slice(from).filter((c) => c.kind === kind)
			.map((c) => this.#gone.has(c.id) ? { id: c.id,
				'@removed': { reason: this.#gone.get(c.id).purged
					? 'deleted' : 'changed' } }
				: this.make(kind, c.n));
	}
}
