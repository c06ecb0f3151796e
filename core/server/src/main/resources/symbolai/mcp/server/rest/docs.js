// Shows the document of the caller: who has no key sees no tools. The key stays in this page's memory.
(() => {
    'use strict';
    const page = new URL('..', document.currentScript.src);
    const form = document.getElementById('credentials');
    const problem = document.getElementById('problem');

    // The command that Swagger UI shows would hold the key, for everybody who looks at the screen.
    const withoutCommands = () => ({ wrapComponents: { curl: () => () => null } });

    const show = (spec, key) => {
        form.hidden = true;
        const ui = window.SwaggerUIBundle({
            spec,
            dom_id: '#docs',
            presets: [window.SwaggerUIBundle.presets.apis],
            plugins: [withoutCommands],
            layout: 'BaseLayout',
            validatorUrl: null,
            tryItOutEnabled: true,
            onComplete: () => key && ui.preauthorizeApiKey('bearer', key),
        });
    };

    const load = async (key) => {
        const headers = key ? { Authorization: 'Bearer ' + key } : {};
        const answer = await fetch(new URL('openapi.json', page), { headers });
        const body = await answer.json();
        if (answer.ok) {
            show(body, key);
            return;
        }
        form.hidden = false;
        problem.textContent = key ? body.error : '';
    };

    const failed = () => {
        form.hidden = false;
        problem.textContent = 'The server does not answer.';
    };

    form.addEventListener('submit', (event) => {
        event.preventDefault();
        load(document.getElementById('key').value.trim()).catch(failed);
    });
    load('').catch(failed);
})();
