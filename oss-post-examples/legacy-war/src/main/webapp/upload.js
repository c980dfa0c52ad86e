/*
 * Requests a signature from this server, then posts each file to OSS with the fields of old pages.
 */
(function () {
  var grantUrl = document.currentScript.getAttribute("data-grant-url");
  var list = document.getElementById("list");
  var start = document.getElementById("start");
  var ended = document.getElementById("ended");
  var waiting = [];
  var sending;
  var grant;
  var used = {}; /* The names that were sent with this grant. */

  var chooser = document.getElementById("files");
  chooser.onchange = function () {
    for (var i = 0; i < chooser.files.length; i++) {
      add(chooser.files[i]);
    }
    chooser.value = "";
    start.disabled = waiting.length === 0;
  };
  if (chooser.files.length) chooser.onchange(); /* The files were chosen before this script ran. */

  start.onclick = function () {
    start.disabled = true;
    ended.hidden = true;
    if (!sending) next();
  };

  /* The browser asks whether to leave. */
  window.onbeforeunload = function () {
    return waiting.length || sending ? "Files are still being uploaded." : undefined;
  };

  function add(file) {
    var upload = { file: file, row: addRow(file) };
    upload.row.cancel.onclick = function () {
      upload.cancelled = true;
      if (upload.xhr) upload.xhr.abort();
      if (waiting.indexOf(upload) >= 0) waiting.splice(waiting.indexOf(upload), 1);
      finish(upload, "failed", "Cancelled");
    };
    waiting.push(upload);
  }

  function finish(upload, state, text) {
    show(upload.row, state, text);
    upload.row.cancel.style.display = "none";
    if (sending === upload) {
      sending = undefined;
      next();
    }
  }

  function next() {
    var upload = waiting.shift();
    if (!upload) return;
    sending = upload;
    withGrant(
      function () {
        if (!upload.cancelled) send(upload);
      },
      function (reason) {
        if (!upload.cancelled) finish(upload, "failed", reason);
      },
      function () {
        /* The session has ended. The files wait until the user has logged in again. */
        if (upload.cancelled) return;
        sending = undefined;
        waiting.unshift(upload);
        ended.hidden = false;
        start.disabled = false;
      }
    );
  }

  /* One grant serves many files, until three seconds before it expires. */
  function withGrant(granted, refused, loggedOut) {
    if (grant && grant.expire > Date.now() / 1000 + 3) return granted();
    var xhr = new XMLHttpRequest();
    xhr.open("GET", grantUrl);
    xhr.setRequestHeader("X-Requested-With", "XMLHttpRequest"); /* The login filter then answers 401. */
    xhr.onload = function () {
      var answer = parse(xhr.responseText);
      if (xhr.status === 200 && answer.policy) {
        grant = answer;
        used = {};
        granted();
      } else if (xhr.status === 401) {
        loggedOut();
      } else {
        refused((answer.detail || "The server answered " + xhr.status + ".") + " " + (answer.fix || ""));
      }
    };
    xhr.onerror = function () {
      refused("The server did not answer. Check the connection and try again.");
    };
    xhr.send();
  }

  function send(upload) {
    var key = grant.dir + unused(upload.file.name);
    var form = new FormData();
    form.append("name", upload.file.name);
    form.append("key", key);
    form.append("policy", grant.policy);
    form.append("OSSAccessKeyId", grant.accessid);
    form.append("success_action_status", "200");
    if (grant.callback) form.append("callback", grant.callback);
    form.append("signature", grant.signature);
    form.append("file", upload.file);

    var xhr = new XMLHttpRequest();
    upload.xhr = xhr;
    xhr.open("POST", grant.host);
    xhr.upload.onprogress = function (event) {
      upload.row.bar.value = event.loaded / event.total;
      show(upload.row, "sending", Math.round((event.loaded / event.total) * 100) + " %");
    };
    xhr.onload = function () {
      if (xhr.status === 200) {
        upload.row.bar.value = 1;
        finish(upload, "stored", "Stored as " + key);
      } else {
        finish(upload, "failed", said(xhr));
      }
    };
    xhr.onerror = function () {
      finish(upload, "failed", "OSS could not be reached. The bucket needs a CORS rule that allows this page to POST.");
    };
    xhr.send(form);
  }

  /* A second file of one name would replace the first. */
  function unused(name) {
    var dot = name.lastIndexOf(".") > 0 ? name.lastIndexOf(".") : name.length;
    var free = name;
    for (var i = 2; used["/" + free]; i++) {
      free = name.substring(0, dot) + " (" + i + ")" + name.substring(dot);
    }
    used["/" + free] = true;
    return free;
  }

  /* 203 means that OSS stored the file, and that its callback failed. */
  function said(xhr) {
    var message = /<Message>([^<]*)</.exec(xhr.responseText);
    return (xhr.status === 203 ? "Stored, but not confirmed: " : "OSS refused the file: ") + (message ? message[1] : xhr.status);
  }

  function addRow(file) {
    var item = document.createElement("li");
    var name = document.createElement("b");
    var bar = document.createElement("progress");
    var state = document.createElement("span");
    var cancel = document.createElement("button");
    item.setAttribute("data-name", file.name);
    name.textContent = file.name;
    bar.max = 1;
    bar.value = 0;
    state.textContent = "waiting";
    cancel.textContent = "Cancel";
    cancel.type = "button";
    item.appendChild(name);
    item.appendChild(bar);
    item.appendChild(state);
    item.appendChild(cancel);
    list.appendChild(item);
    return { item: item, bar: bar, state: state, cancel: cancel };
  }

  function show(row, state, text) {
    row.item.className = state;
    row.state.textContent = text;
  }

  function parse(text) {
    try {
      return JSON.parse(text);
    } catch (e) {
      return {};
    }
  }
})();
