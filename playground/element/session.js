// Who sits at this address. The playground's server knows; Element looks in local storage.

const names = {
    mx_hs_url: "homeserver",
    mx_user_id: "user",
    mx_device_id: "device",
    mx_access_token: "token",
};

/** Sit down as the person of this address; what another evening left behind is cleared first. */
export async function takeSeat() {
    const seat = await (await fetch("/seat.json")).json();
    if (localStorage.getItem("playground_token") !== seat.token) {
        await clear();
        for (const [key, name] of Object.entries(names)) localStorage.setItem(key, seat[name]);
        localStorage.setItem("mx_has_access_token", "true");
        localStorage.setItem("playground_token", seat.token);
    }
    if (!location.hash && seat.room) location.hash = `#/room/${seat.room}`;
    return seat;
}

async function clear() {
    localStorage.clear();
    for (const { name } of await indexedDB.databases()) {
        await new Promise((done) => {
            const asked = indexedDB.deleteDatabase(name);
            asked.onsuccess = asked.onerror = asked.onblocked = done;
        });
    }
}
