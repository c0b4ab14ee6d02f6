// Element's own components with as little around them as will do. Order matters: the settings read
// the configuration while they are imported, so everything of Element is imported after it is set.
import React from "react";
import ReactDOM from "react-dom";
import { AutoDiscovery } from "matrix-js-sdk/src/autodiscovery";
import { logger } from "matrix-js-sdk/src/logger";
import SdkConfig from "matrix-react-sdk/src/SdkConfig";

import { takeSeat } from "./session.js";

function configuration(seat) {
    return {
        brand: "Speelplaats",
        default_theme: "light",
        disable_custom_urls: true,
        disable_guests: true,
        embedded_pages: { login_for_welcome: true },
        features: { feature_release_announcement: false },
        setting_defaults: {
            language: seat.language,
            fallbackICEServerAllowed: false,
            useOnlyCurrentProfiles: true,
            "UIFeature.BulkUnverifiedSessionsReminder": false,
            "UIFeature.feedback": false,
            "UIFeature.identityServer": false,
            "UIFeature.locationSharing": false,
            "UIFeature.passwordReset": false,
            "UIFeature.registration": false,
            "UIFeature.voip": false,
            "UIFeature.widgets": false,
        },
        validated_server_config: {
            hsUrl: seat.homeserver,
            hsName: seat.user.split(":")[1],
            hsNameIsDifferent: false,
            isUrl: "",
            isDefault: true,
            isNameResolvable: false,
            warning: "",
        },
    };
}

/** What a town's .well-known would say; ours asks for plain rooms. No request leaves the machine. */
function answerWellKnown(seat) {
    const raw = {
        "m.homeserver": { base_url: seat.homeserver },
        "io.element.e2ee": { default: false, force_disable: true, secure_backup_required: false },
    };
    const ask = AutoDiscovery.fetchWellKnownObject;
    AutoDiscovery.fetchWellKnownObject = async (url) =>
        url.endsWith("/.well-known/matrix/client")
            ? { action: "SUCCESS", raw }
            : ask.call(AutoDiscovery, url);
}

async function setPlatform() {
    const { default: PlatformPeg } = await import("matrix-react-sdk/src/PlatformPeg");
    const { default: BasePlatform } = await import("matrix-react-sdk/src/BasePlatform");
    class Platform extends BasePlatform {
        getConfig = async () => undefined;
        getDefaultDeviceDisplayName = () => "Speelplaats";
        getHumanReadableName = () => "Web Platform";
        requestNotificationPermission = async () => "denied";
        getAppVersion = async () => "0";
        reload = () => location.reload();
    }
    PlatformPeg.set(new Platform());
}

/** The address bar as Element's screens: "#/room/!id?via=x" is screen "room/!id" with parameters. */
function screen() {
    const [path, query] = decodeURI(location.hash.replace(/^#\/?/, "")).split("?");
    return { screen: path, params: Object.fromEntries(new URLSearchParams(query)) };
}

async function show(config) {
    const { default: MatrixChat } = await import(
        "matrix-react-sdk/src/components/structures/MatrixChat"
    );
    const first = screen();
    let ours = "";
    const chat = React.createElement(MatrixChat, {
        config,
        serverConfig: config.validated_server_config,
        enableGuest: false,
        realQueryParams: {},
        startingFragmentQueryParams: first.params,
        initialScreenAfterLogin: first.screen ? first : undefined,
        defaultDeviceDisplayName: "Speelplaats",
        onTokenLoginCompleted() {},
        onNewScreen(name, replace) {
            ours = `#/${name}`;
            if (replace) location.replace(ours);
            else location.assign(ours);
        },
    });
    window.matrixChat = ReactDOM.render(chat, document.getElementById("matrixchat"));
    addEventListener("hashchange", () => {
        const next = screen();
        if (location.hash !== ours) window.matrixChat.showScreen(next.screen, next.params);
    });
}

async function start() {
    logger.setLevel?.("warn");
    window.mx_rage_logger = { bypassRageshake() {}, log() {}, flush() {}, consume() {} };
    const seat = await takeSeat();
    document.title = `${seat.name} · Speelplaats`;
    const config = configuration(seat);
    SdkConfig.put(config);
    answerWellKnown(seat);
    await setPlatform();
    const { setLanguage } = await import("matrix-react-sdk/src/languageHandler");
    const { setTheme } = await import("matrix-react-sdk/src/theme");
    await setLanguage([seat.language, "en"]);
    await setTheme("light");
    await show(config);
}

start().catch((error) => {
    document.getElementById("matrixchat").textContent = `Dit ging mis / this went wrong: ${error}`;
    throw error;
});
